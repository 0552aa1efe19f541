<?php

declare(strict_types=1);

/** What CRest sends for `CRest::call()` with a webhook, and no more of it; used where crest.php is not there. */
final class CRest
{
    public static function call(string $method, array $parameters = []): array
    {
        $curl = curl_init(C_REST_WEB_HOOK_URL . "$method.json");
        curl_setopt_array($curl, [
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_POST => true,
            CURLOPT_POSTREDIR => 10,
            CURLOPT_USERAGENT => 'Bitrix24 CRest PHP 1.36',
            CURLOPT_POSTFIELDS => http_build_query($parameters),
        ]);
        $body = curl_exec($curl);

        return $body === false
            ? ['error' => 'curl_error', 'error_information' => curl_error($curl)]
            : json_decode($body, true, flags: JSON_THROW_ON_ERROR);
    }
}
