SELECT
  0 AS period,
  area,
  CAST(COALESCE(
    SUM(value) FILTER(WHERE
      inside AND category = 'Violent - Homicide' AND quantity = 'clearances'),
    0
  ) AS BIGINT) AS value,
  CAST(COALESCE(
    SUM(value) FILTER(WHERE
      inside AND category = 'Violent - Homicide' AND quantity = 'incidents'),
    0
  ) AS BIGINT) AS n,
  COUNT(*) FILTER(WHERE
    NOT inside) AS straddling,
  COALESCE(MAX(simulated), FALSE) AS simulated
FROM (
  SELECT
    *,
    (
      period_start >= CAST('2021-12-01' AS DATE)
      AND period_end <= CAST('2022-11-30' AS DATE)
    ) AS inside
  FROM counts
  WHERE
    source = 'lapd_crime_monthly'
    AND NOT area IS NULL
    AND period_start <= CAST('2022-11-30' AS DATE)
    AND period_end >= CAST('2021-12-01' AS DATE)
    AND (
      (
        category = 'Violent - Homicide' AND quantity = 'clearances'
      )
      OR (
        category = 'Violent - Homicide' AND quantity = 'incidents'
      )
    )
) AS touched
GROUP BY
  area
ORDER BY
  period ASC,
  area ASC
