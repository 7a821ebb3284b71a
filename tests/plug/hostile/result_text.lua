-- expect: threat.frequency must be a number or a vector, got a string
return riskwheel.threat { api = 1, name = "result_text", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    t.frequency = "many"
  end,
}
