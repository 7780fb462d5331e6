# Breaks: lead-partner
# Beside the lead partner, one that is no organisation.

INSERT DATA { <project/Alpen900> interreg:leadPartner <organisation/DE/neu> }
