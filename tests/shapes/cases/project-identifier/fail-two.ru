# Breaks: project-identifier, partner-id-foreign
# Two ids, so that the partners are foreign to one of them.

INSERT DATA {
    <project/Alpen900> dcterms:identifier "Alpen901" .
}
