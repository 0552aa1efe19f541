<?php

declare(strict_types=1);

require_once __DIR__ . '/Portal.php';
require_once __DIR__ . '/../src/orders.php';

Portal::start();

// CRest asks whom to call by this constant; with its own file beside src/, that is what is tested.
define('C_REST_WEB_HOOK_URL', Portal::$webhook);
$crest = __DIR__ . '/../crest.php';
require_once is_file($crest) ? $crest : __DIR__ . '/CRestWire.php';
