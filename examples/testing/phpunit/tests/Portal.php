<?php

declare(strict_types=1);

/** One portal for all tests of a run; each test puts it back to its start. */
final class Portal
{
    public static string $webhook;

    private static string $controlUrl;

    private static string $controlKey;

    /** PORTICO_COMMAND says how it is started: `npx portico`, `docker run …`. */
    public static function start(): void
    {
        $command = getenv('PORTICO_COMMAND') ?: 'portico';
        $process = proc_open(
            "exec $command start --memory --testing --port 0 --https-port off --output json",
            [1 => ['pipe', 'w']],
            $pipes,
        );
        $facts = json_decode((string) fgets($pipes[1]), true, flags: JSON_THROW_ON_ERROR);
        self::$webhook = $facts['PORTICO_WEBHOOK'];
        self::$controlUrl = $facts['PORTICO_CONTROL_URL'];
        self::$controlKey = $facts['PORTICO_CONTROL_KEY'];
        register_shutdown_function(static function () use ($process): void {
            proc_terminate($process);
            proc_close($process);
        });
    }

    /** Everything that tests can do with their portal: reset, snapshot, restore, seed, advance, … */
    public static function control(string $name, array $parameters = []): mixed
    {
        $curl = curl_init(self::$controlUrl . "/$name");
        curl_setopt_array($curl, [
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_POSTFIELDS => json_encode((object) $parameters, JSON_THROW_ON_ERROR),
            CURLOPT_HTTPHEADER => ['Authorization: Bearer ' . self::$controlKey, 'Content-Type: application/json'],
        ]);
        $answer = json_decode((string) curl_exec($curl), true, flags: JSON_THROW_ON_ERROR);
        if (isset($answer['error'])) {
            throw new RuntimeException("$name: {$answer['error']}");
        }

        return $answer['result'] ?? null;
    }
}
