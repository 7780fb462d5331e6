# Breaks: participation-organisation
# No organisation.

DELETE WHERE { <participation/Alpen900-003> org:member ?old }
