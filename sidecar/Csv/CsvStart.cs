using System.Text;

namespace Sidecar.Csv;

/// <summary>Finds out how a file is written from its first bytes and its first line.</summary>
internal static class CsvStart
{
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>Reads text, and throws on bytes that are none; a byte order mark is taken away.</summary>
    /// <exception cref="DecoderFallbackException">While reading: what comes is not in the encoding.</exception>
    public static async Task<TextReader> Open(Stream from, CancellationToken cancel)
    {
        var mark = new byte[3];
        var read = await from.ReadAtLeastAsync(mark, mark.Length, false, cancel);
        var (encoding, length) = mark.AsSpan(0, read) switch
        {
            [0xEF, 0xBB, 0xBF] => (Utf8(), 3),
            [0xFF, 0xFE, ..] => ((Encoding)new UnicodeEncoding(false, false, true), 2),
            [0xFE, 0xFF, ..] => (new UnicodeEncoding(true, false, true), 2),
            _ => (Utf8(), 0),
        };
        var whole = new Prefixed(mark.AsMemory(length, read - length), from);
        return new StreamReader(
            whole,
            encoding,
            detectEncodingFromByteOrderMarks: false,
            bufferSize: 4096
        );

        static Encoding Utf8() => new UTF8Encoding(false, throwOnInvalidBytes: true);
    }

    /// <summary>The separator under which the first line names most of the columns that are known.</summary>
    public static char SeparatorOf(string firstLine, IReadOnlySet<string> known) =>
        Separators
            .OrderByDescending(s => firstLine.Split(s).Count(h => known.Contains(Heading(h))))
            .ThenByDescending(s => firstLine.Count(c => c == s))
            .First();

    /// <summary>Some spreadsheets say it themselves, in a line of its own before the headings: <c>sep=;</c>.</summary>
    public static char? SeparatorSaid(string line) =>
        line.Trim() is ['s' or 'S', 'e' or 'E', 'p' or 'P', '=', var separator] ? separator
        : line is "sep=\t" ? '\t'
        : null;

    private static string Heading(string written) => CsvHeading.Plain(written.Trim().Trim('"'));

    /// <summary>Some bytes that were read already, and the stream they came from.</summary>
    private sealed class Prefixed(ReadOnlyMemory<byte> first, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> _first = first;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            if (_first.IsEmpty)
            {
                return rest.Read(buffer);
            }

            var count = Math.Min(buffer.Length, _first.Length);
            _first.Span[..count].CopyTo(buffer);
            _first = _first[count..];
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        ) =>
            _first.IsEmpty
                ? rest.ReadAsync(buffer, cancellationToken)
                : ValueTask.FromResult(Read(buffer.Span));

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) =>
            throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException();
    }

    /// <summary>A first part of a text, and the reader of what follows.</summary>
    public sealed class Continued(string first, TextReader rest) : TextReader
    {
        private ReadOnlyMemory<char> _first = first.AsMemory();

        public override int Peek() => _first.IsEmpty ? rest.Peek() : _first.Span[0];

        public override int Read()
        {
            Span<char> one = stackalloc char[1];
            return Read(one) == 0 ? -1 : one[0];
        }

        public override int Read(Span<char> buffer)
        {
            if (_first.IsEmpty)
            {
                return rest.Read(buffer);
            }

            var count = Math.Min(buffer.Length, _first.Length);
            _first.Span[..count].CopyTo(buffer);
            _first = _first[count..];
            return count;
        }

        public override int Read(char[] buffer, int index, int count) =>
            Read(buffer.AsSpan(index, count));

        public override ValueTask<int> ReadAsync(
            Memory<char> buffer,
            CancellationToken cancellationToken = default
        ) =>
            _first.IsEmpty
                ? rest.ReadAsync(buffer, cancellationToken)
                : ValueTask.FromResult(Read(buffer.Span));

        public override Task<int> ReadAsync(char[] buffer, int index, int count) =>
            ReadAsync(buffer.AsMemory(index, count)).AsTask();
    }
}
