# Breaks: project-participation, lead-count, partner-count, german-partner-count, flag-contradiction, participation-unlinked, partners-differ, lead-partner
# No partner, so that the rules which need partners break as well.

DELETE WHERE { <project/Alpen900> interreg:participation ?partner }
