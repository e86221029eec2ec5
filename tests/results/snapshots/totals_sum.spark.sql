SELECT
  0 AS period,
  COALESCE(SUM(quantity), 0) AS value,
  COUNT(quantity) AS n,
  0 AS straddling,
  COALESCE(MAX(simulated), FALSE) AS simulated
FROM activities
WHERE
  source = 'simulated_activities'
  AND date >= CAST('2021-12-01' AS DATE)
  AND date <= CAST('2022-11-30' AS DATE)
  AND activity = 'visits'
ORDER BY
  period ASC NULLS LAST
