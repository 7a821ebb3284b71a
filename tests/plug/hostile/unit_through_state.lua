-- expect: cycle 2, futures 0..1023: + cannot take a rate (1/year) and money (currency)
return riskwheel.threat { api = 1, name = "unit_through_state", doc = "hostile",
  parameters = { cost = { unit = "currency", doc = "what one attack costs" },
    rate = { unit = "1/year", doc = "how often" } },
  state = { before = 0 },
  cycle = function(t, p, state)
    t.frequency = vec.min(state.before + p.rate, 1e6)
    state.before = vec.where(vec.lt(p.cost, 1), p.rate, 0)
    local worn = state.before
    state.before = worn
    if t.cycle == 2 then t.frequency = 1 + state.before + p.cost end
  end,
}
