-- expect: assignment to the global 'hidden'
return riskwheel.threat { api = 1, name = "global_write", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    hidden = 1
  end,
}
