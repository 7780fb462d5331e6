# Breaks: participation-organisation, partners-differ
# No organisation, though the project names one.

DELETE WHERE { <participation/Alpen900-003> org:member ?old }
