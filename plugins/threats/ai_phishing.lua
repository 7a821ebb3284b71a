-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/threats/ai_phishing.lua -- phishing written by language models.
--
-- Campaigns reach staff at a rate that grows by g a year.  From the cycle in
-- which attackers adopt language models (an exponential waiting time, one a
-- future), the chance that a campaign succeeds is multiplied by `uplift`.

return riskwheel.threat {
  api = 1, name = "ai_phishing", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Credential phishing whose volume and quality grow with attackers' use of AI.",
  source = "uplift: Heiding et al. 2024, arXiv 2412.00586 (54 % of readers clicked on "
    .. "AI-written messages, 12 % on the control's) caps it at 54/12 = 4.5; 1 to 3 is "
    .. "judgement, as trained staff and filters see part of it. adoption: judgement "
    .. "(ENISA ETL 2025: AI in more than 80 % of social engineering). growth: judgement "
    .. "between HHS breach counts (0.107 a year) and IRIS 2025 (0.082 a year).",
  parameters = {
    attempts = { unit = "1/year", min = 0, doc = "campaigns a year that reach staff, at the start" },
    click = { unit = "1", min = 0, max = 1, doc = "chance that one campaign succeeds, before AI" },
    uplift = { unit = "1", min = 1, max = 4.5, default = { dist = "uniform", min = 1, max = 3 },
      doc = "multiplies click once AI is adopted" },
    adoption = { unit = "1/year", min = 0, default = 0.5,
      doc = "rate at which attackers who do not yet use AI adopt it" },
    growth = { unit = "1/year", min = -1, max = 1, default = 0.1,
      doc = "exponential growth rate of the campaigns" },
  },
  state = { adopted = 0 }, -- 1 from the cycle of adoption on

  cycle = function(t, p, state)
    state.adopted = vec.max(state.adopted, t:happens(p.adoption * t.years))
    t.frequency = p.attempts * vec.exp(p.growth * t.time)
    t.susceptibility = vec.min(1, p.click * (1 + (p.uplift - 1) * state.adopted))
  end,

  examples = {
    { doc = "before attackers use AI", parameters = { attempts = 24, click = 0.12, adoption = 0 },
      expect = { frequency = 24, susceptibility = 0.12 }, after = { adopted = 0 } },
    { doc = "a year on, AI adopted", state = { adopted = 1 },
      parameters = { attempts = 24, click = 0.12, uplift = 3, growth = 0.1 }, given = { time = 1 },
      expect = { frequency = 24 * math.exp(0.1), susceptibility = 0.36 } },
    { doc = "a draw below 1 - e^(-0.5 / 4) is adoption in this quarter", draws = { 0.11 },
      parameters = { attempts = 24, click = 0.5, uplift = 4.5, adoption = 0.5 },
      expect = { susceptibility = 1 }, after = { adopted = 1 } },
  },
  monotone = { frequency = { attempts = 1, growth = 1 },
    susceptibility = { click = 1, uplift = 1, adoption = 1 } },
}
