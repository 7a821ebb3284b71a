-- expect: no global 'load'
return riskwheel.threat { api = 1, name = "load_code", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    load("return 1")()
  end,
}
