-- expect: ran more than
return riskwheel.threat { api = 1, name = "concat_churn", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local s = ("x"):rep(200000)
    for i = 1, 1e9 do local _ = s .. i end
  end,
}
