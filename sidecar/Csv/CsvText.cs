using System.Text;

namespace Sidecar.Csv;

/// <summary>
/// Keeps spreadsheets from running what somebody typed as a formula: an apostrophe before each character that could start
/// one. Reading takes exactly that apostrophe away again, so nothing is lost on the way out and back.
/// </summary>
/// <remarks>
/// A spreadsheet that expects another separator than ours (semicolons, where the comma is for decimals) splits our cells
/// at semicolons, tabs and line breaks: what follows one of these could start a formula just as well.
/// </remarks>
internal static class CsvText
{
    private const char Guard = '\'';

    /// <summary>As it is written into a file.</summary>
    public static string Guarded(string text)
    {
        if (IsNumber(text))
        {
            return text;
        }

        StringBuilder? guarded = null;
        var edge = new Edge();
        for (var i = 0; i < text.Length; i++)
        {
            if (edge.IsDangerous(text[i]))
            {
                guarded ??= new StringBuilder(text, 0, i, text.Length + 8);
                guarded.Append(Guard);
            }

            guarded?.Append(text[i]);
            edge.Pass(text[i]);
        }

        return guarded?.ToString() ?? text;
    }

    /// <summary>As it was before it was written.</summary>
    public static string Plain(string cell)
    {
        StringBuilder? plain = null;
        var edge = new Edge();
        for (var i = 0; i < cell.Length; i++)
        {
            if (cell[i] == Guard && i + 1 < cell.Length && edge.IsDangerous(cell[i + 1]))
            {
                plain ??= new StringBuilder(cell, 0, i, cell.Length);
                // What it guards is dangerous no more, and taken as it is.
                plain.Append(cell[++i]);
            }
            else
            {
                plain?.Append(cell[i]);
            }

            edge.Pass(cell[i]);
        }

        return plain?.ToString() ?? cell;
    }

    /// <summary>A negative number starts like a formula and is none: <c>-5</c>, <c>-0.25</c>.</summary>
    private static bool IsNumber(string text)
    {
        if (text is not ['-', _, ..] || !char.IsAsciiDigit(text[1]) || !char.IsAsciiDigit(text[^1]))
        {
            return false;
        }

        var points = 0;
        foreach (var c in text.AsSpan(1))
        {
            points += c == '.' ? 1 : 0;
            if (points > 1 || (c != '.' && !char.IsAsciiDigit(c)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a cell could start here, as some spreadsheet splits it; apostrophes do not change that.</summary>
    private struct Edge()
    {
        private bool _isOpen = true;
        private bool _isStart = true;

        public readonly bool IsDangerous(char c) =>
            c switch
            {
                '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' => _isOpen,
                '\t' or '\r' or '\n' => _isStart,
                _ => false,
            };

        public void Pass(char c)
        {
            _isOpen = c is ';' or '\t' or '\r' or '\n' || (_isOpen && c == Guard);
            _isStart = _isStart && c == Guard;
        }
    }
}
