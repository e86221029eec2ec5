SELECT
  COUNT(*) AS row_count,
  MIN(period_start) AS first_time,
  MAX(period_end) AS last_time,
  MIN(DATEDIFF(DAY, period_start, period_end) + 1) AS shortest_days,
  MAX(DATEDIFF(DAY, period_start, period_end) + 1) AS longest_days,
  COUNT(*) FILTER(WHERE
    area IS NULL) AS city_rows,
  COALESCE(MAX(simulated), FALSE) AS simulated
FROM counts
WHERE
  source = 'lapd_crime_monthly'
