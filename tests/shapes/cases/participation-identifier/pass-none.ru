# Sources that number no partners.

DELETE { ?participation dcterms:identifier ?old }
WHERE { ?participation a interreg:Participation ; dcterms:identifier ?old }
