-- expect: error() was called with a nil value
return riskwheel.threat { api = 1, name = "error_nil", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    error(nil)
  end,
}
