# Breaks: project-detail-form
# Neither true nor false.

INSERT DATA { <project/Alpen900> interreg:hasAllPartners "no" . }
