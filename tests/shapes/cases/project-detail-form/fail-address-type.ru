# Breaks: project-detail-form
# An address that is not said to be one, so that no rule on addresses sees it.

DELETE DATA { <participation/Alpen900-003/address> a locn:Address }
