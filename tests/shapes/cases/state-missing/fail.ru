# Breaks: state-missing
# A German partner without a state.

DELETE WHERE { <participation/Alpen900-002/address> locn:adminUnitL2 ?old }
