WITH counted AS (
  SELECT
    0 AS period,
    area,
    CAST(COALESCE(
      SUM(value) FILTER(WHERE
        inside AND category = 'Violent - Homicide' AND quantity = 'incidents'),
      0
    ) AS BIGINT) AS value_0,
    CAST(COALESCE(
      SUM(value) FILTER(WHERE
        inside AND category = 'Violent - Homicide' AND quantity = 'incidents'),
      0
    ) AS BIGINT) AS n_0,
    CAST(COALESCE(
      SUM(value) FILTER(WHERE
        inside AND category = 'Violent - Homicide' AND quantity = 'clearances'),
      0
    ) AS BIGINT) AS value_1,
    CAST(COALESCE(
      SUM(value) FILTER(WHERE
        inside AND category = 'Violent - Homicide' AND quantity = 'incidents'),
      0
    ) AS BIGINT) AS n_1,
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
          category = 'Violent - Homicide' AND quantity = 'incidents'
        )
        OR (
          category = 'Violent - Homicide' AND quantity = 'clearances'
        )
      )
  ) AS touched
  GROUP BY
    area
  UNION ALL
  SELECT
    1 AS period,
    area,
    CAST(COALESCE(
      SUM(value) FILTER(WHERE
        inside AND category = 'Violent - Homicide' AND quantity = 'incidents'),
      0
    ) AS BIGINT) AS value_0,
    CAST(COALESCE(
      SUM(value) FILTER(WHERE
        inside AND category = 'Violent - Homicide' AND quantity = 'incidents'),
      0
    ) AS BIGINT) AS n_0,
    CAST(COALESCE(
      SUM(value) FILTER(WHERE
        inside AND category = 'Violent - Homicide' AND quantity = 'clearances'),
      0
    ) AS BIGINT) AS value_1,
    CAST(COALESCE(
      SUM(value) FILTER(WHERE
        inside AND category = 'Violent - Homicide' AND quantity = 'incidents'),
      0
    ) AS BIGINT) AS n_1,
    COUNT(*) FILTER(WHERE
      NOT inside) AS straddling,
    COALESCE(MAX(simulated), FALSE) AS simulated
  FROM (
    SELECT
      *,
      (
        period_start >= CAST('2022-12-01' AS DATE)
        AND period_end <= CAST('2023-11-30' AS DATE)
      ) AS inside
    FROM counts
    WHERE
      source = 'lapd_crime_monthly'
      AND NOT area IS NULL
      AND period_start <= CAST('2023-11-30' AS DATE)
      AND period_end >= CAST('2022-12-01' AS DATE)
      AND (
        (
          category = 'Violent - Homicide' AND quantity = 'incidents'
        )
        OR (
          category = 'Violent - Homicide' AND quantity = 'clearances'
        )
      )
  ) AS touched
  GROUP BY
    area
)
SELECT
  period,
  'homicides' AS measure,
  area,
  value_0 AS value,
  n_0 AS n,
  straddling,
  simulated
FROM counted
UNION ALL
SELECT
  period,
  'cleared' AS measure,
  area,
  value_1 AS value,
  n_1 AS n,
  straddling,
  simulated
FROM counted
ORDER BY
  period ASC NULLS LAST,
  measure ASC NULLS LAST,
  area ASC NULLS LAST
