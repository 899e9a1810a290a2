using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sidecar.Csv;

/// <summary>What spreadsheets are known to make of what somebody typed into them.</summary>
internal static partial class SpreadsheetMarks
{
    private const int LongestCell = 60;

    /// <summary>1990 to 2099 as spreadsheets count days.</summary>
    private const int FirstSerial = 32_874;
    private const int LastSerial = 73_050;

    private static readonly DateOnly Epoch = new(1899, 12, 30);

    /// <summary>
    /// <c>#REF!</c>, <c>#N/A</c>, <c>#BEZUG!</c>, <c>#¡REF!</c>, <c>Err:502</c> in any language, or signs in place of a
    /// number for which the column is too narrow.
    /// </summary>
    public static bool IsError(string cell) =>
        cell.Length <= LongestCell && (Error().IsMatch(cell) || ErrorOfAnyLanguage().IsMatch(cell));

    /// <summary>Why this is hardly the key or name that somebody typed; null when it may be.</summary>
    /// <param name="cell">As it is read.</param>
    /// <param name="written">As it stands in the file, where what begins like a formula and is none is guarded.</param>
    public static string? WhyNoName(string cell, string written) =>
        written is ['=' or '＝', ..] or ['{', '=', ..]
            ? "is the formula of a cell and not what the cell shows"
        : cell.Length > LongestCell ? null
        : IsTruth(cell) ? "is what a spreadsheet shows for true or false"
        : Scientific().IsMatch(cell) || TrailingZero().IsMatch(cell)
            ? "looks like a number that a spreadsheet made of it"
        : Date().IsMatch(cell) ? "looks like a date that a spreadsheet made of it"
        : null;

    /// <summary>Why this number is hardly the one that somebody typed; null when it may be.</summary>
    public static string? WhyNoNumber(string cell) =>
        cell.Length <= LongestCell && Scientific().IsMatch(cell)
            ? "is a number that a spreadsheet has shortened, so its last digits are not known"
            : null;

    /// <summary>The day that a spreadsheet means by a bare number; null when it is none.</summary>
    public static DateOnly? Day(string cell) =>
        cell.Length == 5
        && int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var serial)
        && serial is >= FirstSerial and <= LastSerial
            ? Epoch.AddDays(serial)
            : null;

    // A company may be called Vero; a spreadsheet writes VERO.
    private static bool IsTruth(string cell) =>
        cell.Equals("true", StringComparison.OrdinalIgnoreCase)
        || cell.Equals("false", StringComparison.OrdinalIgnoreCase)
        || (cell.Length > 2 && Truths.Contains(cell));

    private static readonly FrozenSet<string> Truths =
        "WAHR FALSCH VRAI FAUX VERDADERO FALSO VERDADEIRO VERO WAAR ONWAAR PRAWDA FAŁSZ ИСТИНА ЛОЖЬ SANT FALSKT SAND FALSK TOSI EPÄTOSI DOĞRU YANLIŞ PRAVDA NEPRAVDA IGAZ HAMIS"
            .Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex(
        @"^(#(REF!|N/A|N/D|N/B|N/DISP|NV|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|YOK|I/T|Н/Д)[!?]?|#{3,}|(Err|Error|Fehler|Erreur|Errore|Fout|Błąd|Ошибка):[0-9]{3})$",
        Options,
        1000
    )]
    private static partial Regex Error();

    // #BEZUG!, #¿NOMBRE?, #DZIEL/0!: always in capitals, at the end a mark.
    [GeneratedRegex(
        @"^#[¡¿]?[\p{Lu}\p{M}_]+(/[\p{Lu}0-9]+)?[!?]$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex ErrorOfAnyLanguage();

    [GeneratedRegex(@"^[+-]?\d+([.,]\d+)?E[+-]?\d+$", Options, 1000)]
    private static partial Regex Scientific();

    [GeneratedRegex(@"^\d+[.,]0+$", Options, 1000)]
    private static partial Regex TrailingZero();

    [GeneratedRegex(
        @"^(\d{1,2}[-/. ](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*([-/. ]\d{2,4})?|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[-/. ]\d{2,4}|\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}( \d{1,2}:\d{2}(:\d{2})?)?)$",
        Options,
        1000
    )]
    private static partial Regex Date();

    private const RegexOptions Options =
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
}
