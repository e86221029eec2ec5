WITH placed AS (
  SELECT
    *,
    GREATEST(period_start, CAST('2022-01-01' AS DATE)) AS local_day,
    (
      period_start >= CAST('2022-01-01' AS DATE)
      AND period_end <= CAST('2023-12-31' AS DATE)
      AND CAST((
        YEAR(period_start) * 12 + MONTH(period_start) - 24265
      ) // 3 AS INT) = CAST((
        YEAR(period_end) * 12 + MONTH(period_end) - 24265
      ) // 3 AS INT)
    ) AS inside
  FROM counts
  WHERE
    source = 'lapd_crime_monthly'
    AND NOT area IS NULL
    AND period_start <= CAST('2023-12-31' AS DATE)
    AND period_end >= CAST('2022-01-01' AS DATE)
    AND category = 'Violent - Homicide'
    AND quantity = 'incidents'
)
SELECT
  CAST((
    YEAR(local_day) * 12 + MONTH(local_day) - 24265
  ) // 3 AS INT) AS period,
  area,
  CAST(COALESCE(SUM(value) FILTER(WHERE
    inside), 0) AS BIGINT) AS value,
  CAST(COALESCE(SUM(value) FILTER(WHERE
    inside), 0) AS BIGINT) AS n,
  COUNT(*) FILTER(WHERE
    NOT inside) AS straddling,
  COALESCE(MAX(simulated), FALSE) AS simulated
FROM placed
GROUP BY
  1,
  2
ORDER BY
  period ASC,
  area ASC
