WITH placed AS (
  SELECT
    *,
    CAST((
      UNIX_MICROS(occurred_at) + CASE
        WHEN occurred_at < CAST('2023-03-12 10:00:00+00:00' AS TIMESTAMP)
        THEN -28800000000
        WHEN occurred_at < CAST('2023-11-05 09:00:00+00:00' AS TIMESTAMP)
        THEN -25200000000
        ELSE -28800000000
      END - 1672531200000000
    ) DIV 86400000000 AS INT) AS day_number
  FROM crimes
  WHERE
    source = 'lapd_crime_2020'
    AND occurred_at >= CAST('2023-01-01 08:00:00+00:00' AS TIMESTAMP)
    AND occurred_at < CAST('2023-12-31 08:00:00+00:00' AS TIMESTAMP)
    AND category IN ('Robbery', 'Attempted robbery')
)
SELECT
  CAST(day_number DIV 28 AS INT) AS period,
  area,
  COUNT(*) AS value,
  COUNT(*) AS n,
  0 AS straddling,
  COALESCE(MAX(simulated), FALSE) AS simulated
FROM placed
GROUP BY
  1,
  2
ORDER BY
  period ASC NULLS LAST,
  area ASC NULLS LAST
