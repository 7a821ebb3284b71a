-- expect: there is no global 'undefined'
return riskwheel.threat { api = 1, name = "global_read", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    t.frequency = undefined
  end,
}
