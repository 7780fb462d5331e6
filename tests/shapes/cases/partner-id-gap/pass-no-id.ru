# A partner without an id is not missed.

DELETE WHERE { <participation/Alpen900-003> dcterms:identifier ?old }
