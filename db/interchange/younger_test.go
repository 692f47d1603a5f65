package interchange

// youngerFiles returns the files that came with bodies, for a package that has
// an agency se-police, assignments a-1 and a-3, and a posting seat at bstf.
func youngerFiles() map[string]string {
	return map[string]string{
		"agency_names.csv": "agency,name,name_en,acronym,first_day,last_day\nse-police,Rikspolisstyrelsen,,RPS,,2014-12-31\n",
		"bodies.csv": "key,parent,kind,name,name_en,acronym,hq_country,hq_city,founded,ended,mandate_until,legal_basis,areas,note\n" +
			"bstf,,board,Baltic Sea Task Force,,BSTF,SE,Visby,1996-05-03,,,,,\nopc,bstf,committee,Operative Committee,,OPC,,,1996-05-03,,2030-12-31,,narcotics,\n",
		"body_names.csv":       "body,name,name_en,acronym,first_day,last_day\nbstf,Task Force,,TF,1996-05-03,2000-12-31\n",
		"body_members.csv":     "body,country,role,first_day,last_day\nbstf,SE,member,1996-05-03,1999-12-31\n",
		"chairs.csv":           "body,country,first_day,last_day\nbstf,LV,2017-01-01,2018-12-31\n",
		"projects.csv":         "key,body,area,title,lead_country,first_day,last_day,note\np-1,bstf,narcotics,Harbours,SE,2020-01-01,2029-12-31,\np-2,,training,Schools,FI,2020-01-01,,\n",
		"project_agencies.csv": "project,agency,first_day,last_day\np-1,se-police,2020-01-01,2024-12-31\n",
		"absences.csv":         "assignment,first_day,last_day,stand_in\na-1,2011-01-01,2011-02-01,\n",
	}
}
