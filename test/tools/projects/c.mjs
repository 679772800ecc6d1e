const header = 'int add(int a, int b);\n'
const good = '#include "add.h"\nint add(int a, int b) { return a + b; }\n'
const better = '#include "add.h"\n/* Adds. */\nint add(int a, int b) { return b + a; }\n'
const broken = '#include "add.h"\nint add(int a, int b) { return a - b; }\n'
const test = '#include "add.h"\nint main(void) { return add(1, 2) == 3 ? 0 : 1; }\n'

/** `bent` is the build file that runs no test any more. */
function project(name, programs, apt, files, { gates, bent }) {
  return {
    name,
    programs,
    apt,
    gates,
    files: { 'add.h': header, 'add.c': good, 'test.c': test, ...files },
    good: { 'add.c': better },
    broken: { 'add.c': broken },
    bent: bent === null ? null : { 'add.c': broken, ...bent },
    outside: { CPATH: '{checkout}', LIBRARY_PATH: '{checkout}' },
  }
}

export const c = [
  project(
    'make',
    ['make', 'gcc'],
    ['make', 'gcc'],
    {
      Makefile: 'all: t\nt: add.c test.c add.h\n\tcc -o t add.c test.c\ntest: t\n\t./t\n',
    },
    {
      gates: ['compile', 'test'],
      bent: { Makefile: 'all: t\nt: add.c test.c add.h\n\tcc -o t add.c test.c\ntest:\n\t@true\n' },
    },
  ),
  project(
    'cmake',
    ['cmake', 'gcc'],
    ['cmake', 'gcc', 'make'],
    {
      'CMakeLists.txt':
        'cmake_minimum_required(VERSION 3.10)\nproject(m C)\nenable_testing()\nadd_executable(t add.c test.c)\nadd_test(adds t)\n',
    },
    {
      gates: ['compile', 'test', 'tests_found'],
      bent: {
        'CMakeLists.txt':
          'cmake_minimum_required(VERSION 3.10)\nproject(m C)\nenable_testing()\nadd_executable(t add.c test.c)\n',
      },
    },
  ),
  project(
    'meson',
    ['meson', 'ninja', 'gcc'],
    ['meson', 'ninja-build', 'gcc'],
    {
      'meson.build': "project('m', 'c')\ntest('adds', executable('t', 'add.c', 'test.c'))\n",
    },
    {
      gates: ['compile', 'test', 'tests_found'],
      bent: { 'meson.build': "project('m', 'c')\nexecutable('t', 'add.c', 'test.c')\n" },
    },
  ),
  project(
    'autotools',
    ['autoreconf', 'automake', 'make', 'gcc'],
    ['autoconf', 'automake', 'make', 'gcc'],
    {
      'configure.ac':
        'AC_INIT([m],[1])\nAM_INIT_AUTOMAKE([foreign subdir-objects])\nAC_PROG_CC\nAC_CONFIG_FILES([Makefile])\nAC_OUTPUT\n',
      'Makefile.am': 'check_PROGRAMS = t\nt_SOURCES = add.c test.c add.h\nTESTS = t\n',
    },
    {
      gates: ['compile', 'test'],
      bent: { 'Makefile.am': 'noinst_PROGRAMS = t\nt_SOURCES = add.c test.c add.h\n' },
    },
  ),
]
