-- expect: needs plugin API 2; this program offers 1
return riskwheel.threat { api = 2, name = "other_api", entirely = "different" }
