using System.Text;

namespace Sidecar.Storage;

/// <summary>
/// Scripts in which words are written without spaces between them, or in which spaces part more than words (Hangul).
/// By ranges of Unicode: .NET does not tell a character's script.
/// </summary>
internal static class UnspacedScripts
{
    // First and last of each, in order.
    private static readonly (int First, int Last)[] Ranges =
    [
        (0x0E00, 0x0EFF), // Thai, Lao
        (0x1000, 0x109F), // Myanmar
        (0x1100, 0x11FF), // Hangul
        (0x1780, 0x17FF), // Khmer
        (0x1950, 0x19DF), // Tai Le, New Tai Lue
        (0x1A20, 0x1AAF), // Tai Tham
        (0x2E80, 0x2FDF), // Han radicals
        (0x3005, 0x3007), // Han iteration mark and zero
        (0x3021, 0x303C), // Han numerals and marks
        (0x3041, 0x30FF), // Hiragana, Katakana
        (0x3105, 0x31FF), // Bopomofo, Hangul, Katakana
        (0x3400, 0x4DBF), // Han
        (0x4E00, 0x9FFF), // Han
        (0xA000, 0xA4CF), // Yi
        (0xA960, 0xA97F), // Hangul
        (0xA9E0, 0xA9FF), // Myanmar
        (0xAA60, 0xAADF), // Myanmar, Tai Viet
        (0xAC00, 0xD7FF), // Hangul
        (0xF900, 0xFAFF), // Han
        (0x16FE0, 0x18DFF), // Tangut, Khitan
        (0x1AFF0, 0x1B2FF), // Kana, Nüshu
        (0x20000, 0x3FFFF), // Han
    ];

    public static bool Have(Rune rune)
    {
        if (rune.Value < Ranges[0].First)
        {
            return false;
        }

        foreach (var (first, last) in Ranges)
        {
            if (rune.Value <= last)
            {
                return rune.Value >= first;
            }
        }

        return false;
    }
}
