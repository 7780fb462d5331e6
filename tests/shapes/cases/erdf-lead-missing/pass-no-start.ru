# Without a start, membership now decides; Austria is a member.

DELETE WHERE { <project/Alpen900> interreg:startDate ?old }
