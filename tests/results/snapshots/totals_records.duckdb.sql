SELECT
  0 AS period,
  area,
  COUNT(*) AS value,
  COUNT(*) AS n,
  0 AS straddling,
  COALESCE(MAX(simulated), FALSE) AS simulated
FROM crimes
WHERE
  source = 'lapd_crime_2020'
  AND occurred_at >= CAST('2021-12-01 08:00:00+00:00' AS TIMESTAMPTZ)
  AND occurred_at < CAST('2022-12-01 08:00:00+00:00' AS TIMESTAMPTZ)
  AND category IN ('Robbery', 'Attempted robbery')
GROUP BY
  area
UNION ALL
SELECT
  1 AS period,
  area,
  COUNT(*) AS value,
  COUNT(*) AS n,
  0 AS straddling,
  COALESCE(MAX(simulated), FALSE) AS simulated
FROM crimes
WHERE
  source = 'lapd_crime_2020'
  AND occurred_at >= CAST('2022-12-01 08:00:00+00:00' AS TIMESTAMPTZ)
  AND occurred_at < CAST('2023-12-01 08:00:00+00:00' AS TIMESTAMPTZ)
  AND category IN ('Robbery', 'Attempted robbery')
GROUP BY
  area
ORDER BY
  period ASC,
  area ASC
