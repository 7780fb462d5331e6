# Breaks: project-detail-form
# A partner's address that is a text.

DELETE { <participation/Alpen900-003> locn:address ?old }
INSERT { <participation/Alpen900-003> locn:address "38122 Trento" }
WHERE { <participation/Alpen900-003> locn:address ?old }
