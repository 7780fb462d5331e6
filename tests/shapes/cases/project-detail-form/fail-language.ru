# Breaks: project-detail-form
# A fund with a language.

INSERT DATA { <project/Alpen900> interreg:fund "ERDF"@en . }
