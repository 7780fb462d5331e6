# Another of the four roles.

DELETE { <participation/Alpen900-002> org:role ?old }
INSERT { <participation/Alpen900-002> org:role interreg:AssociatedPartner }
WHERE { <participation/Alpen900-002> org:role ?old }
