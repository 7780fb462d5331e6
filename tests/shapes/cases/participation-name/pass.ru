# Any spelling will do.

DELETE { <participation/Alpen900-002> interreg:statedName ?old }
INSERT { <participation/Alpen900-002> interreg:statedName "WERKRAUM  KEMPTEN" }
WHERE { <participation/Alpen900-002> interreg:statedName ?old }
