# Breaks: project-detail-form
# Two states of the project.

INSERT DATA { <project/Alpen900> interreg:status "running" , "finished" . }
