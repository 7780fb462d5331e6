# Breaks: project-detail-form
# Two texts of results in German.

INSERT DATA { <project/Alpen900> interreg:results "Läden"@de , "Werkstätten"@de }
