<?php
/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 *
 * A letter box on the shop's own web space. WhatsApp brings what customers write to an address on the web, and nowhere else; a desk has none. This file takes it in,
 * keeps it until the desk has fetched it, and forgets it then. It needs PHP 7.2 or newer, may lie in any folder that is reached by https, and keeps its letters in
 * a folder beside it.
 *
 * Meta:  GET ?hub.mode=subscribe&hub.verify_token=…&hub.challenge=…   is answered with the challenge
 *        POST, signed (X-Hub-Signature-256)                           is kept
 * desk:  GET ?after=N&wait=S  with the key                            forgets what is up to N; gives what comes after it, or waits for it up to S seconds
 *        GET ?hello           with the key                            says that it works
 */

/* Filled in by Mostrador. Of the key there is only what it is compared with. */
const KEY_SHA256 = '@KEY_SHA256@';
const VERIFY_TOKEN = '@VERIFY_TOKEN@';
const APP_SECRET = '@APP_SECRET@';

const PROTOCOL = 1;
const MAX_BODY = 3 * 1024 * 1024;
const MAX_WAIT_S = 25;
const MAX_ITEMS = 100;
const MAX_BYTES = 4 * 1024 * 1024;
/* What nobody fetches for so long nobody will. */
const KEEP_S = 30 * 24 * 60 * 60;
/* Nobody can ask for a letter by its address: asked for, it says nothing. */
const HEAD = "<?php exit; ?>\n";

function leave(int $status, string $type, string $text): void
{
    http_response_code($status);
    header('Content-Type: ' . $type);
    header('Cache-Control: no-store');
    header('X-Content-Type-Options: nosniff');
    echo $text;
    exit;
}

function refuse(int $status, string $why): void
{
    leave($status, 'application/json', json_encode(['relay' => PROTOCOL, 'error' => $why]));
}

/* The folder of the letters; its name cannot be guessed. */
function folder(): string
{
    $folder = __DIR__ . '/mostrador-letters-' . substr(hash('sha256', 'folder ' . KEY_SHA256), 0, 24);
    if (!is_dir($folder)) {
        if (!@mkdir($folder, 0700) && !is_dir($folder)) {
            refuse(500, 'no-folder');
        }
        @file_put_contents($folder . '/.htaccess', "Require all denied\nDeny from all\n");
        @file_put_contents($folder . '/index.html', '');
    }
    return $folder;
}

function file_of(string $folder, int $id): string
{
    return sprintf('%s/%016d.php', $folder, $id);
}

/* Their numbers, in order */
function letters(string $folder): array
{
    $ids = [];
    foreach (@scandir($folder) ?: [] as $name) {
        if (preg_match('/^(\d{16})\.php$/', $name, $match)) {
            $ids[] = (int) $match[1];
        }
    }
    sort($ids);
    return $ids;
}

function keep(string $body): bool
{
    $folder = folder();
    $lock = @fopen($folder . '/last.php', 'c+');
    if ($lock === false || !flock($lock, LOCK_EX)) {
        return false;
    }
    $ids = letters($folder);
    /* It never counts back, also when all is fetched. */
    $last = max((int) substr((string) stream_get_contents($lock), strlen(HEAD)), count($ids) > 0 ? end($ids) : 0);
    $file = file_of($folder, $last + 1);
    $text = HEAD . time() . "\n" . $body;
    $is_kept = @file_put_contents($file . '.part', $text) === strlen($text);
    if ($is_kept) {
        rewind($lock);
        ftruncate($lock, 0);
        fwrite($lock, HEAD . ($last + 1));
        fflush($lock);
        $is_kept = @rename($file . '.part', $file);
    }
    if (!$is_kept) {
        @unlink($file . '.part');
    }
    flock($lock, LOCK_UN);
    fclose($lock);
    return $is_kept;
}

/* One letter: when it came, and what it says; null: it went meanwhile */
function read_letter(string $folder, int $id): ?array
{
    $text = @file_get_contents(file_of($folder, $id));
    if ($text === false || strncmp($text, HEAD, strlen(HEAD)) !== 0) {
        return null;
    }
    [$at, $body] = explode("\n", substr($text, strlen(HEAD)), 2) + [1 => ''];
    return ['id' => (string) $id, 'at' => (int) $at, 'body' => base64_encode($body)];
}

function give(int $after, int $wait): void
{
    $folder = folder();
    /* Only what is said to be there goes; beginning anew (0) takes nothing away. */
    foreach (letters($folder) as $id) {
        if ($id <= $after) {
            @unlink(file_of($folder, $id));
        } elseif (@filemtime(file_of($folder, $id)) < time() - KEEP_S) {
            @unlink(file_of($folder, $id));
        }
    }
    @set_time_limit($wait + 30);
    $end = microtime(true) + $wait;
    do {
        clearstatcache();
        $items = [];
        $bytes = 0;
        $ids = array_values(array_filter(letters($folder), function ($id) use ($after) {
            return $id > $after;
        }));
        foreach (array_slice($ids, 0, MAX_ITEMS) as $id) {
            $item = read_letter($folder, $id);
            if ($item === null) {
                continue;
            }
            $bytes += strlen($item['body']);
            if (count($items) > 0 && $bytes > MAX_BYTES) {
                break;
            }
            $items[] = $item;
        }
        if (count($items) > 0 || connection_aborted()) {
            break;
        }
        usleep(200000);
    } while (microtime(true) < $end);
    leave(200, 'application/json', json_encode(['relay' => PROTOCOL, 'items' => $items, 'more' => count($ids) > count($items)]));
}

/* The key in the header; some hosts keep the usual one for themselves. */
function has_key(): bool
{
    $given = $_SERVER['HTTP_AUTHORIZATION'] ?? $_SERVER['REDIRECT_HTTP_AUTHORIZATION'] ?? '';
    $given = strncasecmp($given, 'Bearer ', 7) === 0 ? substr($given, 7) : ($_SERVER['HTTP_X_RELAY_KEY'] ?? '');
    return $given !== '' && hash_equals(KEY_SHA256, hash('sha256', $given));
}

function number(string $name, int $most): int
{
    $text = $_GET[$name] ?? '0';
    return is_string($text) && preg_match('/^\d{1,15}$/', $text) ? min((int) $text, $most) : 0;
}

$method = $_SERVER['REQUEST_METHOD'] ?? '';
if ($method === 'POST') {
    $body = (string) file_get_contents('php://input', false, null, 0, MAX_BODY + 1);
    $signature = $_SERVER['HTTP_X_HUB_SIGNATURE_256'] ?? '';
    if (!hash_equals('sha256=' . hash_hmac('sha256', $body, APP_SECRET), $signature)) {
        refuse(403, 'bad-signature');
    }
    if (strlen($body) > MAX_BODY) {
        refuse(413, 'too-large');
    }
    /* Whoever sends tries again for days: it is theirs until it is on the disk. */
    if (!keep($body)) {
        refuse(500, 'not-kept');
    }
    leave(200, 'text/plain', 'ok');
}
if ($method !== 'GET') {
    refuse(405, 'no-such-method');
}
if (isset($_GET['hub_mode'])) {
    $token = $_GET['hub_verify_token'] ?? '';
    $challenge = $_GET['hub_challenge'] ?? '';
    if ($_GET['hub_mode'] !== 'subscribe' || !is_string($token) || !is_string($challenge) || !hash_equals(VERIFY_TOKEN, $token)) {
        refuse(403, 'bad-token');
    }
    leave(200, 'text/plain', $challenge);
}
if (!has_key()) {
    refuse(401, 'bad-key');
}
if (isset($_GET['hello'])) {
    leave(200, 'application/json', json_encode(['relay' => PROTOCOL, 'php' => PHP_VERSION, 'waiting' => count(letters(folder()))]));
}
give(number('after', PHP_INT_MAX), number('wait', MAX_WAIT_S));
