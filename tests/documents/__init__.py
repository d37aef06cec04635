"""Reports laid out as offices lay them out in Word, Excel, CSV, HTML and PDF: one maker for each way."""
