-- expect: threat.frequency is a rate (1/year), and what is assigned is money (currency)
return riskwheel.threat { api = 1, name = "unit_of_money_and_rate", doc = "hostile",
  parameters = { cost = { unit = "currency", doc = "what one attack costs" } },
  cycle = function(t, p)
    t.frequency = vec.min(p.cost, 12)
  end,
}
