# Breaks: category-name
# Neither.

INSERT DATA { <strand/b> a interreg:Category , skos:Concept . }
