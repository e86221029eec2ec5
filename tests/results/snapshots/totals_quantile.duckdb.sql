SELECT
  0 AS period,
  QUANTILE_CONT((
    EPOCH_US(arrived_at) - EPOCH_US(dispatched_at)
  ) / 1000000.0, 0.9) AS value,
  COUNT((
    EPOCH_US(arrived_at) - EPOCH_US(dispatched_at)
  ) / 1000000.0) AS n,
  0 AS straddling,
  COALESCE(MAX(simulated), FALSE) AS simulated
FROM responses
WHERE
  source = 'simulated_responses'
  AND area = '77th-street'
  AND dispatched_at >= CAST('2021-12-01 08:00:00+00:00' AS TIMESTAMPTZ)
  AND dispatched_at < CAST('2022-12-01 08:00:00+00:00' AS TIMESTAMPTZ)
  AND agency = 'fire'
ORDER BY
  period ASC
