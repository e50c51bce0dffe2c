<?php
/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 *
 * A letter box on the shop's own web space. WhatsApp brings what customers write to an address on the web, and nowhere else; a desk has none. This file takes it in,
 * keeps it until the desk has fetched it, and forgets it then. Other services fetch the files that are sent from an address on the web: this one takes a file from
 * the desk and hands it out, for a day, to whoever knows its address. It needs PHP 7.2 or newer, may lie in any folder that is reached by https, and keeps letters
 * and files in a folder beside it.
 *
 * Meta:  GET ?hub.mode=subscribe&hub.verify_token=…&hub.challenge=…   is answered with the challenge
 *        POST, signed (X-Hub-Signature-256)                           is kept
 * desk:  GET ?after=E:N&wait=S with the key                           forgets what is up to N; gives what comes after it, or waits for it up to S seconds. E is the
 *                                                                     name of this box: who names another one, or none, has nothing forgotten, and gets all
 *           &for=P                                                      of the letters for the telephone number that Meta calls P, and those that name none, alone
 *        GET ?hello           with the key                            says that it works, and how large a file may be
 *        POST ?put&type=T&name=N with the key, the file as it is      keeps it; says what it is called in its address
 * all:   GET ?file=C                                                  gives the file that is called so, until its day is over
 */

/* Filled in by Mostrador. Of the key there is only what it is compared with. */
const KEY_SHA256 = '@KEY_SHA256@';
const VERIFY_TOKEN = '@VERIFY_TOKEN@';
const APP_SECRET = '@APP_SECRET@';

/* 2: letters are named by the box and their number */
const PROTOCOL = 2;
const MAX_BODY = 3 * 1024 * 1024;
const MAX_WAIT_S = 25;
const MAX_ITEMS = 100;
const MAX_BYTES = 4 * 1024 * 1024;
/* What nobody fetches for so long goes when another one comes; not when somebody asks for it after all. */
const KEEP_S = 30 * 24 * 60 * 60;
/* A file that goes out: how long it is handed out, how large it may be, and how much all of them may take. */
const FILE_S = 24 * 60 * 60;
const MAX_FILE = 25 * 1024 * 1024;
const MAX_FILES = 250 * 1024 * 1024;
/* Nothing that a browser runs in the shop's name. */
const FILE_TYPES = [
    'image/jpeg', 'image/png', 'image/gif', 'image/webp',
    'audio/aac', 'audio/amr', 'audio/3gpp', 'audio/mp4', 'audio/mpeg', 'audio/ogg', 'audio/wav', 'audio/x-wav', 'audio/x-m4a', 'audio/webm',
    'video/3gpp', 'video/mp4', 'video/mpeg', 'video/ogg', 'video/quicktime', 'video/webm', 'video/x-msvideo',
    'application/pdf', 'application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    'text/vcard', 'text/x-vcard', 'text/calendar', 'text/csv', 'text/rtf', 'text/plain',
];
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

/* $number: whose letter it is; '' where it names none */
function file_of(string $folder, int $id, string $number): string
{
    return sprintf('%s/%016d%s.php', $folder, $id, $number !== '' ? '-' . $number : '');
}

/* In order: number => file. $for: for which of the shop's telephone numbers; '': all */
function letters(string $folder, string $for = ''): array
{
    $files = [];
    foreach (@scandir($folder) ?: [] as $name) {
        if (preg_match('/^(\d{16})(?:-(\d+))?\.php$/', $name, $match) && ($for === '' || ($match[2] ?? $for) === $for)) {
            $files[(int) $match[1]] = $folder . '/' . $name;
        }
    }
    ksort($files);
    return $files;
}

/* For which of the shop's telephone numbers it is, as Meta calls them: one address takes in what comes for all of them, and each is an account of its own. */
function numbers_in(string $body): array
{
    $numbers = [];
    $entries = json_decode($body, true)['entry'] ?? null;
    foreach (is_array($entries) ? $entries : [] as $entry) {
        $changes = $entry['changes'] ?? null;
        foreach (is_array($changes) ? $changes : [] as $change) {
            $number = $change['value']['metadata']['phone_number_id'] ?? null;
            if (is_string($number) && preg_match('/^\d{1,32}$/', $number)) {
                $numbers[] = $number;
            }
        }
    }
    return count($numbers) > 0 ? array_unique($numbers) : [''];
}

/* The number of the last letter, and what this box is called: no other one is called so, be it one of before with another key or on another web space, whose
 * numbers a desk may still know. Returns: the file, held until it is closed, number and name; null: it cannot be held */
function open_last(string $folder): ?array
{
    $lock = @fopen($folder . '/last.php', 'c+');
    if ($lock === false || !flock($lock, LOCK_EX)) {
        return null;
    }
    [$last, $name] = explode("\n", (string) substr((string) stream_get_contents($lock), strlen(HEAD)), 2) + [1 => ''];
    if (!preg_match('/^[0-9a-f]{16}$/', $name)) {
        $name = bin2hex(random_bytes(8));
        write_last($lock, (int) $last, $name);
    }
    return [$lock, (int) $last, $name];
}

function write_last($lock, int $last, string $name): void
{
    rewind($lock);
    ftruncate($lock, 0);
    fwrite($lock, HEAD . $last . "\n" . $name);
    fflush($lock);
}

function close_last($lock): void
{
    flock($lock, LOCK_UN);
    fclose($lock);
}

function keep(string $body): bool
{
    $folder = folder();
    [$lock, $last, $name] = open_last($folder) ?? [null, 0, ''];
    if ($lock === null) {
        return false;
    }
    foreach (letters($folder) as $file) {
        if (@filemtime($file) < time() - KEEP_S) {
            @unlink($file);
        }
    }
    /* It never counts back, also when all is fetched. */
    $last = max(array_merge([$last], array_keys(letters($folder))));
    $text = HEAD . time() . "\n" . $body;
    $is_kept = true;
    foreach (numbers_in($body) as $number) {
        $file = file_of($folder, ++$last, $number);
        $is_kept = $is_kept && @file_put_contents($file . '.part', $text) === strlen($text);
        if ($is_kept) {
            write_last($lock, $last, $name);
            $is_kept = @rename($file . '.part', $file);
        }
        if (!$is_kept) {
            @unlink($file . '.part');
        }
    }
    close_last($lock);
    return $is_kept;
}

/* One letter: when it came, and what it says; null: it went meanwhile */
function read_letter(string $file, int $id): ?array
{
    $text = @file_get_contents($file);
    if ($text === false || strncmp($text, HEAD, strlen(HEAD)) !== 0) {
        return null;
    }
    [$at, $body] = explode("\n", substr($text, strlen(HEAD)), 2) + [1 => ''];
    return ['id' => (string) $id, 'at' => (int) $at, 'body' => base64_encode($body)];
}

function give(string $known, string $for, int $wait): void
{
    $folder = folder();
    sweep_files($folder);
    [$lock, , $name] = open_last($folder) ?? [null, 0, ''];
    if ($lock === null) {
        refuse(500, 'no-folder');
    }
    close_last($lock);
    $after = preg_match('/^([0-9a-f]{16}):(\d{1,15})$/', $known, $match) && $match[1] === $name ? (int) $match[2] : 0;
    /* Only what is said to be there goes; beginning anew (0) takes nothing away. */
    foreach (letters($folder, $for) as $id => $file) {
        if ($id <= $after) {
            @unlink($file);
        }
    }
    @set_time_limit($wait + 30);
    $end = microtime(true) + $wait;
    do {
        clearstatcache();
        $items = [];
        $bytes = 0;
        $files = array_filter(letters($folder, $for), function ($id) use ($after) {
            return $id > $after;
        }, ARRAY_FILTER_USE_KEY);
        foreach (array_slice($files, 0, MAX_ITEMS, true) as $id => $file) {
            $item = read_letter($file, $id);
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
    leave(200, 'application/json', json_encode(['relay' => PROTOCOL, 'box' => $name, 'items' => $items, 'more' => count($files) > count($items)]));
}

/* --- files that go out --- */

/* What is called $code in an address; the name on the disk does not tell it. */
function file_called(string $folder, string $code): string
{
    return $folder . '/file-' . hash('sha256', $code) . '.php';
}

/* How large one may be: what PHP takes in at most is the host's to say. */
function file_limit(): int
{
    $text = trim((string) ini_get('post_max_size'));
    $units = ['K' => 1024, 'M' => 1024 * 1024, 'G' => 1024 * 1024 * 1024];
    $bytes = (int) $text * ($units[strtoupper(substr($text, -1))] ?? 1);
    return $bytes > 0 ? min($bytes, MAX_FILE) : MAX_FILE;
}

/* Forgets those whose day is over, and halves of some. Returns: how much the others take */
function sweep_files(string $folder): int
{
    $bytes = 0;
    foreach (@scandir($folder) ?: [] as $name) {
        if (strncmp($name, 'file-', 5) !== 0) {
            continue;
        }
        $path = $folder . '/' . $name;
        if (@filemtime($path) < time() - (substr($name, -5) === '.part' ? 3600 : FILE_S)) {
            @unlink($path);
        } else {
            $bytes += (int) @filesize($path);
        }
    }
    return $bytes;
}

function take_file(): void
{
    $type = $_GET['type'] ?? '';
    $name = $_GET['name'] ?? '';
    $length = (int) ($_SERVER['CONTENT_LENGTH'] ?? 0);
    $folder = folder();
    $others = sweep_files($folder);
    if (!is_string($type) || !is_string($name) || !in_array($type, FILE_TYPES, true)) {
        refuse(415, 'bad-type');
    }
    if ($length > file_limit()) {
        refuse(413, 'too-large');
    }
    if ($others + $length > MAX_FILES) {
        refuse(507, 'full');
    }
    $code = bin2hex(random_bytes(24));
    $path = file_called($folder, $code);
    $head = HEAD . json_encode(['until' => time() + FILE_S, 'type' => $type, 'name' => substr($name, 0, 200)], JSON_INVALID_UTF8_SUBSTITUTE) . "\n";
    $in = fopen('php://input', 'rb');
    $out = @fopen($path . '.part', 'xb');
    $size = -1;
    if ($in !== false && $out !== false && fwrite($out, $head) === strlen($head)) {
        $size = (int) stream_copy_to_stream($in, $out, file_limit() + 1);
    }
    $is_kept = $out !== false && fclose($out) && @filesize($path . '.part') === strlen($head) + $size;
    if (!$is_kept || $size === 0 || $size > file_limit() || ($length > 0 && $size !== $length) || !@rename($path . '.part', $path)) {
        @unlink($path . '.part');
        refuse($size > file_limit() ? 413 : 500, $size > file_limit() ? 'too-large' : 'not-kept');
    }
    leave(200, 'application/json', json_encode(['relay' => PROTOCOL, 'file' => $code, 'seconds' => FILE_S]));
}

function hand_out($code, bool $with_body): void
{
    $folder = folder();
    sweep_files($folder);
    $file = is_string($code) && preg_match('/^[0-9a-f]{48}$/', $code) ? @fopen(file_called($folder, $code), 'rb') : false;
    $head = $file !== false && fgets($file) === HEAD ? json_decode((string) fgets($file), true) : null;
    if (!is_array($head) || $head['until'] < time()) {
        leave(404, 'text/plain', 'gone');
    }
    while (ob_get_level() > 0) {
        ob_end_clean();
    }
    @ini_set('zlib.output_compression', '0');
    @set_time_limit(600);
    header('Content-Type: ' . $head['type']);
    header('Content-Length: ' . (fstat($file)['size'] - ftell($file)));
    header('Content-Disposition: inline; filename="' . preg_replace('/[^A-Za-z0-9._-]/', '_', $head['name']) . '"; filename*=UTF-8\'\'' . rawurlencode($head['name']));
    header('Content-Security-Policy: sandbox');
    header('X-Content-Type-Options: nosniff');
    header('X-Robots-Tag: noindex');
    header('Cache-Control: private, no-store');
    if ($with_body) {
        fpassthru($file);
    }
    exit;
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
if ($method === 'POST' && isset($_GET['put'])) {
    if (!has_key()) {
        refuse(401, 'bad-key');
    }
    take_file();
}
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
if (isset($_GET['file']) && ($method === 'GET' || $method === 'HEAD')) {
    hand_out($_GET['file'], $method === 'GET');
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
    sweep_files(folder());
    leave(200, 'application/json', json_encode(['relay' => PROTOCOL, 'php' => PHP_VERSION, 'waiting' => count(letters(folder())), 'files' => file_limit()]));
}
$known = $_GET['after'] ?? '';
$for = $_GET['for'] ?? '';
give(is_string($known) ? $known : '', is_string($for) && preg_match('/^\d{1,32}$/', $for) ? $for : '', number('wait', MAX_WAIT_S));
