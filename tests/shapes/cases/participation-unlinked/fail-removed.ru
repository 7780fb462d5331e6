# Breaks: participation-unlinked, partner-count, partners-differ
# A partner taken off the list of the project.

DELETE DATA { <project/Alpen900> interreg:participation <participation/Alpen900-003> }
