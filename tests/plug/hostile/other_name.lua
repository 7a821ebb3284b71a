-- expect: declares the name 'somebody_else'
return riskwheel.threat { api = 1, name = "somebody_else", doc = "d", cycle = function() end }
