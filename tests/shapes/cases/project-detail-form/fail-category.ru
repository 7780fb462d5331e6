# Breaks: project-detail-form
# An objective that is a text.

INSERT DATA { <project/Alpen900> interreg:policyObjective "A smarter Europe" . }
