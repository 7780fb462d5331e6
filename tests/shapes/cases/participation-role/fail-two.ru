# Breaks: participation-role
# Two of the four roles.

INSERT DATA {
    <participation/Alpen900-002> org:role interreg:AssociatedPartner .
}
