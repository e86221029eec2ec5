WITH placed AS (
  SELECT
    *,
    date AS local_day
  FROM activities
  WHERE
    source = 'simulated_activities'
    AND date >= CAST('2023-01-02' AS DATE)
    AND date <= CAST('2023-12-31' AS DATE)
    AND activity = 'visits'
)
SELECT
  CAST(DATE_DIFF('DAY', CAST('2023-01-02' AS DATE), local_day) // 7 AS INT) AS period,
  COALESCE(SUM(quantity), 0) AS value,
  COUNT(quantity) AS n,
  0 AS straddling,
  COALESCE(MAX(simulated), FALSE) AS simulated
FROM placed
GROUP BY
  1
ORDER BY
  period ASC
