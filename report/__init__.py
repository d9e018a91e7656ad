"""The monthly report: one page of HTML and a CSV file of what `incident.seal_report` keeps."""
