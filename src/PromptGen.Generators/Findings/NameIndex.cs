using System;
using System.Collections.Generic;
using System.Linq;

namespace PromptGen.Generators.Findings;

/// <summary>
/// Names in which the one that was probably meant is looked up. They are sorted, so that names with the same beginning are compared with the
/// written one only once, and all of them are skipped where that beginning is too different already.
/// </summary>
internal sealed class NameIndex
{
    private readonly (string Folded, string Name, int Position)[] _names;

    /// <summary>How many letters each name has in common with the one before it, from the first on.</summary>
    private readonly int[] _shared;

    public NameIndex(IEnumerable<string> names)
    {
        _names = [.. names.Select(static (name, position) => (name.ToUpperInvariant(), name, position))];
        Array.Sort(_names, static (left, right) =>
            string.CompareOrdinal(left.Folded, right.Folded) is not 0 and var order ? order : left.Position.CompareTo(right.Position));
        _shared = new int[_names.Length];
        for (var i = 1; i < _names.Length; i++)
        {
            _shared[i] = SharedLength(_names[i - 1].Folded, _names[i].Folded);
        }
    }

    /// <summary>
    /// The name that differs in case only, else the one at the smallest edit distance up to 2, the earlier one of two that are equally near;
    /// null = none is near.
    /// </summary>
    public string? Closest(string written)
    {
        var rows = new DistanceRows(written.ToUpperInvariant(), written.Length <= 3 ? 2 : 3);
        var best = -1;
        var bestDistance = rows.Limit;
        for (var i = 0; i < _names.Length;)
        {
            var name = _names[i].Folded;
            var depth = rows.Follow(name, _shared[i]);
            if (depth == name.Length && rows.Distance(depth) is var distance && distance < rows.Limit
                && (distance < bestDistance || (distance == bestDistance && _names[i].Position < _names[best].Position)))
            {
                (best, bestDistance) = (i, distance);
            }

            // All that begin with the letters that were too many already.
            for (i++; i < _names.Length && depth < name.Length && _shared[i] > depth; i++)
            {
            }
        }

        return best < 0 ? null : _names[best].Name;
    }

    /// <summary>The earliest name that starts with a text regardless of case; null = none does.</summary>
    public string? FirstStartingWith(string text)
    {
        var folded = text.ToUpperInvariant();
        var (low, high) = (0, _names.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(_names[middle].Folded, folded) < 0 ? (middle + 1, high) : (low, middle);
        }

        var first = -1;
        for (; low < _names.Length && _names[low].Folded.StartsWith(folded, StringComparison.Ordinal); low++)
        {
            first = first < 0 || _names[low].Position < _names[first].Position ? low : first;
        }

        return first < 0 ? null : _names[first].Name;
    }

    private static int SharedLength(string left, string right)
    {
        var length = 0;
        while (length < left.Length && length < right.Length && left[length] == right[length])
        {
            length++;
        }

        return length;
    }

    /// <summary>
    /// The rows of Wagner and Fischer's table for one written name, as far as distances below a limit lie: a diagonal band of fixed width. The
    /// rows of one name serve the next as far as the two begin alike.
    /// </summary>
    private sealed class DistanceRows
    {
        private readonly string _written;
        private readonly int _width;
        private readonly List<int> _cells = [];
        private int _depth;

        public DistanceRows(string written, int limit)
        {
            _written = written;
            Limit = limit;
            _width = (2 * limit) + 1;
            for (var column = -limit; column <= limit; column++)
            {
                _cells.Add(column < 0 || column > written.Length ? limit : Math.Min(column, limit));
            }
        }

        /// <summary>The distance that is too far.</summary>
        public int Limit { get; }

        /// <summary>Fills the rows of a name; stops before the letter from which on no ending can bring it below the limit.</summary>
        /// <returns>How many letters were followed.</returns>
        public int Follow(string name, int shared)
        {
            _depth = Math.Min(_depth, shared);
            while (_depth < name.Length && Append(name[_depth]))
            {
                _depth++;
            }

            return _depth;
        }

        /// <summary>The distance between the written name and the letters that were followed; the limit where it is that or more.</summary>
        public int Distance(int depth) => Cell(depth, _written.Length - depth + Limit);

        private int Cell(int depth, int index) => index < 0 || index >= _width ? Limit : _cells[(depth * _width) + index];

        private bool Append(char letter)
        {
            _cells.RemoveRange((_depth + 1) * _width, _cells.Count - ((_depth + 1) * _width));
            var row = _depth + 1;
            var least = Limit;
            for (var index = 0; index < _width; index++)
            {
                var column = row + index - Limit;
                var cell = Limit;
                if (column >= 0 && column <= _written.Length)
                {
                    var replaced = column == 0 ? Limit : Cell(_depth, index) + (_written[column - 1] == letter ? 0 : 1);
                    var added = index == 0 ? Limit : _cells[_cells.Count - 1] + 1;
                    cell = Math.Min(Limit, Math.Min(replaced, Math.Min(added, Cell(_depth, index + 1) + 1)));
                }

                _cells.Add(cell);
                least = Math.Min(least, cell);
            }

            return least < Limit;
        }
    }
}
